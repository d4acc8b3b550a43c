// Command protodump writes the provider protocol as the released Pulumi SDK has it compiled in: a FileDescriptorSet with
// everything that the protocol's files import. The project's own protocol files are tested against it.
//
//	go run ./protodump FILE
package main

import (
	"fmt"
	"os"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// What a provider serves, calls and answers with; alias.proto and the well-known types come in as imports.
var roots = []protoreflect.FileDescriptor{
	pulumirpc.File_pulumi_provider_proto,
	pulumirpc.File_pulumi_plugin_proto,
	pulumirpc.File_pulumi_engine_proto,
	pulumirpc.File_pulumi_errors_proto,
	pulumirpc.File_pulumi_alias_proto,
	pulumirpc.File_pulumi_resource_status_proto,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "protodump:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: protodump FILE")
	}
	set := &descriptorpb.FileDescriptorSet{}
	seen := map[string]bool{}
	for _, root := range roots {
		add(set, seen, root)
	}
	bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(set)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], bytes, 0o644)
}

// add appends a file after all that it imports, each once.
func add(set *descriptorpb.FileDescriptorSet, seen map[string]bool, file protoreflect.FileDescriptor) {
	if seen[file.Path()] {
		return
	}
	seen[file.Path()] = true
	imports := file.Imports()
	for i := range imports.Len() {
		add(set, seen, imports.Get(i).FileDescriptor)
	}
	set.File = append(set.File, protodesc.ToFileDescriptorProto(file))
}
