using System.Text.Json.Nodes;

namespace Iris.Gateway;

/// <summary>What came of a question to the inference service.</summary>
internal abstract record InferenceAnswer
{
    private InferenceAnswer()
    {
    }

    /// <summary>It answered, whatever it says.</summary>
    internal sealed record Said(int Status, JsonObject Body) : InferenceAnswer;

    /// <summary>It could not be reached, did not answer in time, or not in JSON.</summary>
    internal sealed record Silent(string Reason) : InferenceAnswer;
}
