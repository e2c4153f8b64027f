namespace Midwatch.LocalCluster.Identity;

/// <summary>Whom a service account token speaks for.</summary>
/// <param name="Uid">The account's uid: a token of an account that was deleted and made again is not valid.</param>
/// <param name="Pod">The pod it is bound to; null for a token asked for by hand.</param>
internal sealed record TokenSubject(string Namespace, string ServiceAccount, string Uid, string? Pod, string? PodUid);
