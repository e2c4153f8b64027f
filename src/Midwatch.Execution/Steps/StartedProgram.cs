using System.Collections.Immutable;
using Midwatch.Execution.Programs;

namespace Midwatch.Execution.Steps;

/// <summary>A program that a command has started.</summary>
/// <param name="Arguments">The vector that it got.</param>
internal sealed record StartedProgram(ImmutableArray<string> Arguments, HostedProgram Program);
