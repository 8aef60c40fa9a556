{{- define "intelmq.labels" -}}
app.kubernetes.io/name: intelmq
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "intelmq.name" -}}
{{- if contains "intelmq" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-intelmq" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "intelmq.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The files of etc/ that each start writes, as data of a ConfigMap; empty if the servers keep their own. */}}
{{- define "intelmq.configuration" -}}
{{- range $file, $text := .Values.configuration }}
{{ $file }}: {{ tpl $text $ | quote }}
{{- end }}
{{- if and .Values.postgresql.host (not .Values.configuration) }}
runtime.yaml: {{ tpl (.Files.Get "files/runtime.yaml") . | quote }}
{{- end }}
{{- end }}

{{/* Under which names the servers answer; probes say localhost. */}}
{{- define "intelmq.hosts" -}}
{{- $name := include "intelmq.name" . -}}
{{ $name }},{{ $name }}.{{ .Release.Namespace }},{{ $name }}.{{ .Release.Namespace }}.svc
{{- if .Values.ingress.host }},{{ if .Values.ingress.tlsSecret }}https://{{ end }}{{ .Values.ingress.host }}{{ end }}
{{- end }}
