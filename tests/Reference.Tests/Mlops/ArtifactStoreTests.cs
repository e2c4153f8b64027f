using Microsoft.Extensions.Logging.Abstractions;
using Mlops.Tracking;

namespace Reference.Tests.Mlops;

public sealed class ArtifactStoreTests
{
    [Theory]
    [InlineData("../secret")]
    [InlineData("run/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public void A_path_never_leads_out_of_the_store(string path) =>
        Assert.Null(new ArtifactStore("/mlflow/artifacts", NullLogger.Instance).Find(path));

    [Fact]
    public void A_path_within_the_store_is_a_file_there() => Assert.Equal("/mlflow/artifacts/run/model.pkl",
        new ArtifactStore("/mlflow/artifacts", NullLogger.Instance).Find("run/model.pkl"));
}
