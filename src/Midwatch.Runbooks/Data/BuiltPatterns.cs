namespace Midwatch.Runbooks.Data;

/// <summary>
/// The patterns of the data files as code, made when the project is built: looked up by <c>i</c> (whatever the case)
/// or <c>c</c> and the pattern. None for a pattern that stands in no data file.
/// </summary>
internal static partial class BuiltPatterns;
