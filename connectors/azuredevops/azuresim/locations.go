package azuresim

import "strings"

// locationTable lists the resources that clients find by OPTIONS _apis: id,
// area, resource, route template, released version and resource version. The
// ids are those that Microsoft's client libraries ask for. A release of 0.0
// means that the resource is preview only.
const locationTable = `
00d9565f-ed9c-4a06-9a50-00e7896ccab4|Location|ConnectionData|_apis/{resource}|0.0|1
603fe2ac-9723-48b9-88ad-09305aa6c6e1|core|projects|_apis/{resource}/{*projectId}|7.1|4
d30a3dd1-f8ba-442a-b86a-bd0c0c383e59|core|teams|_apis/projects/{projectId}/{resource}/{*teamId}|7.1|3
7a4d9ee9-3433-4347-b47a-7a80f1cf307e|core|teams|_apis/{resource}|0.0|3
4976a71a-4487-49aa-8aab-a1eda469037a|core|properties|_apis/projects/{projectId}/{resource}|0.0|1
cf1faa59-1b63-4448-bf04-13d981a46f5d|Security|PermissionEvaluationBatch|_apis/{area}/{resource}|7.1|1
b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94|wit|fields|{project}/_apis/{area}/{resource}/{fieldNameOrRefName}|7.1|3
7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa|wit|workItemTypes|{project}/_apis/{area}/{resource}/{type}|7.1|2
7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa|wit|workItemTypeStates|{project}/_apis/{area}/workitemtypes/{type}/states|7.1|1
bd293ce5-3d25-4192-8e67-e8092e879efb|wit|workItemTypesField|{project}/_apis/{area}/workitemtypes/{type}/fields/{field}|7.1|3
9b9f5734-36c8-415e-ba67-f83b45c31408|wit|workItemTypeCategories|{project}/_apis/{area}/{resource}/{category}|7.1|2
f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165|wit|workItemRelationTypes|_apis/{area}/{resource}/{relation}|7.1|2
a70579d1-f53a-48ee-a5be-7be8659023b9|wit|classificationNodes|{project}/_apis/{area}/{resource}|7.1|2
5a172953-1b41-49d3-840a-33f79c3ce89f|wit|classificationNodes|{project}/_apis/{area}/{resource}/{structureGroup}/{*path}|7.1|2
1a9c53f7-f243-4447-b110-35ef023636e4|wit|wiql|{project}/{team}/_apis/{area}/{resource}|7.1|2
72c7ddf8-2cdc-4f60-90cd-ab71c14a399b|wit|workItems|{project}/_apis/{area}/{resource}/{id}|7.1|3
908509b6-4248-4475-a1cd-829139ba419f|wit|workItemsBatch|{project}/_apis/{area}/{resource}|7.1|1
a00c85a5-80fa-4565-99c3-bcd2181434bb|wit|revisions|{project}/_apis/{area}/workItems/{id}/revisions/{revisionNumber}|7.1|3
6570bf97-d02c-4a91-8d93-3abe9895b1a9|wit|updates|{project}/_apis/{area}/workItems/{id}/updates/{updateNumber}|7.1|4
608aac0a-32e1-4493-a863-b9cf4566d257|wit|comments|{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}|0.0|4
b70d8d39-926c-465e-b927-b1bf0e5ca0e0|wit|recyclebin|{project}/_apis/{area}/{resource}/{id}|7.1|2
f828fe59-dd87-495d-a17c-7a8d6211ca6c|wit|workItemRevisions|{project}/_apis/{area}/reporting/{resource}|7.1|2
b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f|wit|workItemLinks|{project}/_apis/{area}/reporting/{resource}|7.1|3
bc15bc60-e7a8-43cb-ab01-2106be3983a1|wit|tags|{project}/_apis/{area}/{resource}/{tagIdOrName}|7.1|1
7799f497-3cb5-4f16-ad4f-5cd06012db64|work|backlogconfiguration|{project}/{team}/_apis/{area}/{resource}|7.1|1
c3c1012b-bea7-49d7-b45e-1664e566f84c|work|teamsettings|{project}/{team}/_apis/{area}/{resource}|7.1|1
c9175577-28a1-4b06-9197-8636af9f64ad|work|iterations|{project}/{team}/_apis/{area}/teamsettings/{resource}/{id}|7.1|1
07ced576-58ed-49e6-9c1e-5cb53ab8bf2a|work|teamfieldvalues|{project}/{team}/_apis/{area}/teamsettings/{resource}|7.1|1
`

// listLocations answers OPTIONS _apis.
func listLocations(c *call) (any, error) {
	var all []map[string]any
	for line := range strings.Lines(strings.TrimSpace(locationTable)) {
		col := strings.Split(strings.TrimSpace(line), "|")
		released, resource, last := col[4], whole(col[5]), "7.2"
		if c.w.onServer() {
			released, last = strings.Replace(released, "7.1", newest, 1), newest
			if col[2] == "comments" {
				resource = 3
			}
		}
		all = append(all, map[string]any{"id": col[0], "area": col[1], "resourceName": col[2], "routeTemplate": col[3],
			"releasedVersion": released, "resourceVersion": resource, "minVersion": "1.0", "maxVersion": last})
	}
	return list(all), nil
}
