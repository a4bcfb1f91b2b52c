// Command python-sdk writes the Python package that `pulumi package add` makes of a package's schema, with Pulumi's own generator.
//
// For users Pulumi's Python language host does this. That host is no module that a module proxy serves; the generator in it is.
// The schema is read from stdin and the files are written into the folder that is the only argument.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// signature is the name of the tool that every generated file says it is from.
const signature = "pulumi-language-python"

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("usage: python-sdk FOLDER < schema.json"))
	}
	if err := generate(os.Stdin, os.Args[1]); err != nil {
		fail(err)
	}
}

func generate(source io.Reader, folder string) error {
	var spec schema.PackageSpec
	if err := json.NewDecoder(source).Decode(&spec); err != nil {
		return fmt.Errorf("stdin holds no package schema: %w", err)
	}
	if len(spec.Dependencies) > 0 {
		return fmt.Errorf("the package %s depends on other packages, whose schemas cannot be loaded here", spec.Name)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return diagnostics
	}
	files, err := python.GeneratePackage(signature, pkg, nil, nil)
	if err != nil {
		return err
	}
	return write(folder, files)
}

func write(folder string, files map[string][]byte) error {
	for name, text := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
