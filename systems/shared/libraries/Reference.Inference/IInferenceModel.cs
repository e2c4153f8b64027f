using System.Text.Json.Nodes;

namespace Reference.Inference;

/// <summary>A loaded model.</summary>
public interface IInferenceModel
{
    /// <summary>Gets what <c>GET /v2/models/NAME</c> says of its inputs and outputs.</summary>
    ModelSignature Signature { get; }

    /// <summary>Answers one inference request.</summary>
    /// <param name="inputs">The request's <c>inputs</c>.</param>
    /// <exception cref="InferenceException">The inputs are not what the model takes.</exception>
    JsonArray Infer(JsonArray inputs);
}
