namespace Reference.Redis;

/// <summary>Redis could not be reached, hung up, or did not answer in time.</summary>
/// <param name="message">The reason, with the operating system's own words where it gave some.</param>
/// <param name="cause">What the socket said; null for a Redis that did not answer in time.</param>
public sealed class RedisUnavailableException(string message, Exception? cause) : IOException(message, cause);
