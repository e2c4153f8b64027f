using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Procedures;

/// <summary>What the commands of a procedure touch; acting outside it asks first.</summary>
public sealed record Scope(
    ImmutableArray<string> Namespaces, ImmutableArray<TargetReference> Workloads, ImmutableArray<string> Selectors);
