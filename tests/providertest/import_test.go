package providertest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/pulumi/providertest/pulumitest/assertpreview"
	"github.com/pulumi/providertest/pulumitest/assertrefresh"
	"github.com/stretchr/testify/assert"
)

func TestAnImportedRuleIsTheProgramsOwn(t *testing.T) {
	inEachWay(t, func(t *testing.T, way string) {
		local := startLocalECR(t)
		local.put(t, region, ecr.CreatePullThroughCacheRuleInput{
			EcrRepositoryPrefix: aws.String("quay"),
			UpstreamRegistryUrl: aws.String("quay.io"),
		})
		test := newTest(t, "testdata/import", way)
		configure(t, test, local)

		imported := test.Import(t, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "quay", "quay", "")
		assert.Contains(t, imported.Stdout, "upstreamRegistryUrl: quay.io")
		assertpreview.HasNoChanges(t, test.Preview(t))
		assertrefresh.HasNoChanges(t, test.Refresh(t))
	})
}
