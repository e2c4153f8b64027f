namespace Iris.Storage;

/// <summary>The storage account refused, or could not be reached.</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause);
