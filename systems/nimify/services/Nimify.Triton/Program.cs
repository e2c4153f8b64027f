using Nimify.Triton;
using Reference.Inference;
using Reference.Web;

return await InferenceServer.RunAsync(() => (
    new ModelFolder(
        Variables.Process.Find("MIDWATCH_ROOT") + (Variables.Process.Find("MODEL_REPOSITORY") ?? "/models")),
    Variables.Process.Find("MODEL_CONTROL_MODE") == "explicit"));
