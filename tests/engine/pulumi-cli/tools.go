//go:build tools

// The Pulumi CLI as a dependency, so that its version and all that it is built from are pinned by go.sum.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
