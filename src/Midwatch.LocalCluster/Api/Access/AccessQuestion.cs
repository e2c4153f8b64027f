namespace Midwatch.LocalCluster.Api.Access;

/// <summary>What somebody wants to do.</summary>
internal abstract record AccessQuestion(string Verb)
{
    /// <summary>To an object of the API.</summary>
    /// <param name="Resource">"pods" or, with a subresource, "pods/log".</param>
    /// <param name="Namespace">Null at the cluster scope.</param>
    internal sealed record ToResource(string Verb, string Group, string Resource, string? Namespace, string Name)
        : AccessQuestion(Verb);

    /// <summary>To a path such as /version.</summary>
    internal sealed record ToPath(string Verb, string Path) : AccessQuestion(Verb);
}
