namespace Reference.Inference;

/// <summary>A request or a model that cannot be used; the message is for the caller.</summary>
public sealed class InferenceException(string message) : Exception(message);
