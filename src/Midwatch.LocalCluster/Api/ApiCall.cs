using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api;

/// <summary>One request about one kind of object, after it is known who asks and that they may.</summary>
/// <param name="Stop">Fires when the client goes or the server stops.</param>
internal sealed record ApiCall(
    HttpContext Http, UserIdentity User, ResourceRequest Target, KindDefinition Kind, AnswerForm Form,
        CancellationToken Stop)
{
    public string Method => Http.Request.Method;

    /// <summary>The object that the path names.</summary>
    public ObjectKey Key =>
        new(Kind.StoredGroup, Kind.Plural, Kind.IsNamespaced ? Target.Namespace : null, Target.Name);

    /// <summary>A query parameter; "" when absent.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString();

    public bool IsWatch => Query("watch") is "1" or "true";

    public bool IsDryRun => Http.Request.Query["dryRun"].Count > 0;
}
