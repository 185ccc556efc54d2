package azuresim

import (
	"fmt"
	"net/http"
)

// failure is an answer that is no success, as the service words it. A plain one
// is the text of a path that no controller serves.
type failure struct {
	status  int
	typeKey string
	message string
	plain   bool
}

func (f *failure) Error() string { return f.message }

// body is the recorded shape of an error.
func (f *failure) body() map[string]any {
	return map[string]any{
		"$id": "1", "innerException": nil, "message": f.message,
		"typeName": "Microsoft.TeamFoundation.WorkItemTracking.Server." + f.typeKey +
			", Microsoft.TeamFoundation.WorkItemTracking.Server",
		"typeKey": f.typeKey, "errorCode": 0, "eventId": 3000,
	}
}

func refused(status int, typeKey, format string, args ...any) *failure {
	return &failure{status: status, typeKey: typeKey, message: fmt.Sprintf(format, args...)}
}

// badArgument is a request that the service cannot make sense of.
func badArgument(format string, args ...any) *failure {
	return refused(http.StatusBadRequest, "VssPropertyValidationException", format, args...)
}

func noItem(id int) *failure {
	return refused(http.StatusNotFound, "WorkItemUnauthorizedAccessException",
		"TF401232: Work item %d does not exist, or you do not have permissions to read it.", id)
}

func noProject(name string) *failure {
	return refused(http.StatusNotFound, "ProjectDoesNotExistWithNameException",
		"TF200016: The following project does not exist: %s. Verify that the name of the project is correct "+
			"and that the project exists on the specified Azure DevOps Server.", name)
}

func noController(path string) *failure {
	return &failure{status: http.StatusNotFound, plain: true, message: fmt.Sprintf(
		"The controller for path '%s' was not found or does not implement IController.", path)}
}
