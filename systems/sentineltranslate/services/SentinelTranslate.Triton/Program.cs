using Reference.Inference;
using SentinelTranslate.Triton.Models;

return await InferenceServer.RunAsync(() => (new PhraseTables(), false));
