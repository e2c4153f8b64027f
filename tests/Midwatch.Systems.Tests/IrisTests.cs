using Midwatch.Systems.Tests.Running;
using static Midwatch.Systems.Tests.Running.SystemCalls;

namespace Midwatch.Systems.Tests;

/// <summary>The flower classifier: a new model, a new key, a bad release and the way back.</summary>
public sealed class IrisTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private const string Ns = "iris-ml";

    [Fact]
    public async Task Iris_names_a_flower_and_serves_an_uploaded_model_after_a_restart()
    {
        Repository.Needs("kubectl", "prometheus");
        await using var system = await SystemUnderTest.UpAsync("iris");
        const string Upload = "blob download iris-classifier/v1.1.0/model.pkl /tmp/model"
            + " && blob upload /tmp/model iris-classifier/v2.0.0/model.pkl";
        Assert.Contains("401", await PredictAsync(system, "wrong-key"), Exactly);
        Assert.Contains("\"model_version\":\"1.0.0\"", await PredictAsync(system, "quiet-Meadow-17"), Exactly);

        Assert.Contains("Stored", await system.ExecAsync("azure", "blob-storage", "sh", "-c", Upload), Exactly);
        Assert.Contains("409 BlobAlreadyExists",
            await system.ExecAsync("azure", "blob-storage", "sh", "-c", Upload + " 2>&1 || true"), Exactly);
        await system.KubectlAsync("patch", "configmap", "model-config", "-n", Ns, "-p",
            """{"data":{"MODEL_VERSION":"2.0.0","MODEL_BLOB_NAME":"iris-classifier/v2.0.0/model.pkl"}}""");
        await system.KubectlAsync("rollout", "restart", "deployment/inference-service", "-n", Ns);
        await system.KubectlAsync("rollout", "status", "deployment/inference-service", "-n", Ns, "--timeout=60s");
        Assert.Contains("\"model_version\":\"2.0.0\"", await PredictAsync(system, "quiet-Meadow-17"), Exactly);
        await system.SeesAllTargetsAsync(Ns, "api-gateway", "http://prometheus.monitoring:9090", 6);
    }

    [Fact]
    public async Task A_key_that_the_vault_has_anew_is_the_one_that_Iris_takes_after_a_forced_sync()
    {
        Repository.Needs("kubectl", "prometheus");
        await using var system = await SystemUnderTest.UpAsync("iris");
        await UntilAsync("the operator synced", async () => (await system.KubectlAsync(
            "get", "externalsecret", "iris-ml-secrets", "-n", Ns)).Contains("SecretSynced", Exactly));
        await system.ExecAsync("azure", "key-vault", "curl", "-sf", "-X", "PUT", "-H",
            "Authorization: Bearer vault-access-of-the-operator", "-d", """{"value":"another-key"}""",
            "http://key-vault:8200/secrets/api-key");
        Assert.DoesNotContain("another-key", await KeyAsync(system), Exactly);
        await system.KubectlAsync("annotate", "externalsecret", "iris-ml-secrets", "-n", Ns, "force-sync=1");
        await UntilAsync("the Secret is the vault's", async () =>
            (await KeyAsync(system)).Contains("another-key", Exactly));

        // A new pod has the new key at once; one that runs gets it within the kubelet's minute.
        await system.KubectlAsync("rollout", "restart", "deployment/api-gateway", "-n", Ns);
        await system.KubectlAsync("rollout", "status", "deployment/api-gateway", "-n", Ns, "--timeout=60s");
        Assert.Contains("401", await PredictAsync(system, "quiet-Meadow-17"), Exactly);
        Assert.Contains("versicolor", await PredictAsync(system, "another-key"), Exactly);

        await system.KubectlAsync("set", "image", "deployment/api-gateway", "-n", Ns,
            "api-gateway=irismlacr.azurecr.example/api-gateway:1.1.0");
        await UntilAsync("the new release crashes", async () => (await system.KubectlAsync(
            "get", "pods", "-n", Ns, "-l", "app=api-gateway")).Contains("CrashLoopBackOff", Exactly));
        Assert.Contains("versicolor", await PredictAsync(system, "another-key"), Exactly);
        await system.KubectlAsync("rollout", "undo", "deployment/api-gateway", "-n", Ns);
        await system.KubectlAsync("rollout", "status", "deployment/api-gateway", "-n", Ns, "--timeout=60s");
    }

    private static async Task<string> KeyAsync(SystemUnderTest system) => System.Text.Encoding.UTF8.GetString(
        Convert.FromBase64String(await system.KubectlAsync(
            "get", "secret", "iris-ml-secrets", "-n", Ns, "-o", "jsonpath={.data.api-key}")));

    private static Task<string> PredictAsync(SystemUnderTest system, string key) => system.ExecAsync(
        Ns, "api-gateway", "curl", "-s", "-H", $"X-API-Key: {key}", "-d",
        """{"sepal_length":6.3,"sepal_width":2.5,"petal_length":4.9,"petal_width":1.5}""",
        "http://api-gateway:8080/predict");
}
