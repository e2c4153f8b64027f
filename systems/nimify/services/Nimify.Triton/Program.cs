using Nimify.Triton;
using Reference.Inference;

var repository = Environment.GetEnvironmentVariable("MODEL_REPOSITORY") ?? "/models";
var root = Environment.GetEnvironmentVariable("MIDWATCH_ROOT");
await InferenceServer.RunAsync(
    new ModelFolder(root + repository),
    Environment.GetEnvironmentVariable("MODEL_CONTROL_MODE") == "explicit");
