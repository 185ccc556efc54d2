package azuredevops

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// locations is where the resources are that we use, as Microsoft's REST API
// specifications write their paths: id, path, version. The id is the one that
// the vendor's client looks up; version 0 means preview only.
const locations = `
00d9565f-ed9c-4a06-9a50-00e7896ccab4 _apis/connectionData 0 1
603fe2ac-9723-48b9-88ad-09305aa6c6e1 _apis/projects/{projectId} 7.1 4
cf1faa59-1b63-4448-bf04-13d981a46f5d _apis/security/permissionevaluationbatch 7.1 1
b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94 {project}/_apis/wit/fields 7.1 3
7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa {project}/_apis/wit/workitemtypes 7.1 2
a70579d1-f53a-48ee-a5be-7be8659023b9 {project}/_apis/wit/classificationnodes 7.1 2
1a9c53f7-f243-4447-b110-35ef023636e4 {project}/_apis/wit/wiql 7.1 2
72c7ddf8-2cdc-4f60-90cd-ab71c14a399b {project}/_apis/wit/workitems/{id} 7.1 3
908509b6-4248-4475-a1cd-829139ba419f {project}/_apis/wit/workitemsbatch 7.1 1
a00c85a5-80fa-4565-99c3-bcd2181434bb {project}/_apis/wit/workItems/{id}/revisions/{revisionNumber} 7.1 3
6570bf97-d02c-4a91-8d93-3abe9895b1a9 {project}/_apis/wit/workItems/{id}/updates/{updateNumber} 7.1 4
608aac0a-32e1-4493-a863-b9cf4566d257 {project}/_apis/wit/workItems/{workItemId}/comments/{commentId} 0 4
b70d8d39-926c-465e-b927-b1bf0e5ca0e0 {project}/_apis/wit/recyclebin/{id} 7.1 2
f828fe59-dd87-495d-a17c-7a8d6211ca6c {project}/_apis/wit/reporting/workitemrevisions 7.1 2
b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f {project}/_apis/wit/reporting/workitemlinks 7.1 3
7799f497-3cb5-4f16-ad4f-5cd06012db64 {project}/_apis/work/backlogconfiguration 7.1 1
d30a3dd1-f8ba-442a-b86a-bd0c0c383e59 _apis/projects/{projectId}/teams/{teamId} 7.1 3
c3c1012b-bea7-49d7-b45e-1664e566f84c {project}/{team}/_apis/work/teamsettings 7.1 1
07ced576-58ed-49e6-9c1e-5cb53ab8bf2a {project}/{team}/_apis/work/teamsettings/teamfieldvalues 7.1 1
`

// informed answers by itself what the vendor's client asks before its first
// request: where the organisation has its resources. The organisation's own
// answer is long, comes down to the published paths, and is not to be had
// everywhere.
type informed struct {
	http.RoundTripper
	edition *edition
}

// RoundTrip implements http.RoundTripper.
func (i informed) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodOptions || !strings.HasSuffix(r.URL.Path, "/_apis") {
		return i.RoundTripper.RoundTrip(i.edition.reword(r))
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(locationList())),
	}, nil
}

func locationList() string {
	type location struct {
		ID       string      `json:"id"`
		Area     string      `json:"area"`
		Name     string      `json:"resourceName"`
		Template string      `json:"routeTemplate"`
		Version  json.Number `json:"resourceVersion"`
		Min      string      `json:"minVersion"`
		Max      string      `json:"maxVersion"`
		Released string      `json:"releasedVersion"`
	}
	var all []location
	for line := range strings.Lines(strings.TrimSpace(locations)) {
		col := strings.Fields(line)
		released := col[2]
		if released == "0" {
			released = "0.0"
		}
		all = append(all, location{ID: col[0], Template: col[1], Released: released, Version: json.Number(col[3]), Min: "1.0", Max: "7.2"})
	}
	encoded, err := json.Marshal(map[string]any{"count": len(all), "value": all})
	if err != nil { // texts only: cannot fail
		return ""
	}
	return string(encoded)
}
