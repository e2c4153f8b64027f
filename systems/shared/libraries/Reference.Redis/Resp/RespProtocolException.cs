namespace Reference.Redis.Resp;

/// <summary>The peer sent something that is not RESP; the connection is of no further use.</summary>
/// <param name="message">What was expected and what came.</param>
public sealed class RespProtocolException(string message) : IOException(message);
