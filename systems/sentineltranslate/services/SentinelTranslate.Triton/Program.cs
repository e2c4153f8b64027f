using Reference.Inference;
using SentinelTranslate.Triton.Models;

await InferenceServer.RunAsync(new PhraseTables(), explicitControl: false);
