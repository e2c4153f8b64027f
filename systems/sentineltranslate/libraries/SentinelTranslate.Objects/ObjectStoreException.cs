namespace SentinelTranslate.Objects;

/// <summary>The object store refuses, or is away; the message is for whoever reads a job's result.</summary>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
