{{/* A pod that may write only to its volumes. */}}
{{- define "voice.container" -}}
image: {{ .root.Values.image }}
envFrom:
  - secretRef: {name: {{ .root.Values.commonSecret }}}
  {{- if .keys }}
  - secretRef: {name: {{ .root.Values.keySecret }}}
  {{- end }}
env:
  # Whatever the ingress is, each process counts guesses by itself.
  - {name: PROXY_LIMITS, value: "0"}
  {{- if not .keys }}
  - {name: ANSWER_OPEN_KEYS, value: ""}
  - {name: RECORD_KEY_SECRET, value: ""}
  {{- end }}
securityContext:
  readOnlyRootFilesystem: true
  allowPrivilegeEscalation: false
  capabilities: {drop: [ALL]}
resources: {{- toYaml .root.Values.resources | nindent 2 }}
volumeMounts:
  - {name: var, mountPath: {{ .root.Values.varDir }}}
  - {name: tmp, mountPath: /tmp}
{{- end }}
{{- define "voice.pod" -}}
automountServiceAccountToken: false
securityContext: {runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
volumes:
  - {name: var, persistentVolumeClaim: {claimName: {{ .Release.Name }}-var}}
  - {name: tmp, emptyDir: {}}
{{- end }}
