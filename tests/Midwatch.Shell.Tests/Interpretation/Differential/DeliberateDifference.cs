namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>A construct that does in Midwatch what it does not in bash.</summary>
/// <param name="Construct">What it is, by a name that <see cref="DeliberateDifferences"/> knows.</param>
/// <param name="Code">
/// With what code Midwatch refuses or stops such a script; null where it runs and does otherwise.
/// </param>
/// <param name="Reason">Why.</param>
/// <param name="Example">A script that shows the difference.</param>
public sealed record DeliberateDifference(string Construct, string? Code, string Reason, string Example);
