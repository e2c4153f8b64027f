namespace Midwatch.Cli.Terminal;

/// <summary>
/// Where a command writes for people: standard output and error, with colours only where they are seen.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter error, bool colour, bool interactive)
{
    internal TextWriter Output { get; } = output;

    internal TextWriter Error { get; } = error;

    /// <summary>True on a terminal without <c>NO_COLOR</c>, unless <c>--color</c> says otherwise.</summary>
    internal bool Colour { get; private set; } = colour;

    /// <summary>True when a person can be asked: standard input and output are terminals.</summary>
    internal bool Interactive { get; } = interactive;

    /// <summary>The width of the terminal that the output goes to; null when it goes to none.</summary>
    internal int? Columns { get; init; }

    /// <summary>True when somebody may be looking at standard error while work goes on.</summary>
    internal bool Progress { get; init; }

    internal static Screen ForConsole()
    {
        var colour = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new Screen(
            Console.Out, Console.Error, colour, interactive: !Console.IsInputRedirected && !Console.IsOutputRedirected)
        {
            Progress = !Console.IsErrorRedirected,
            Columns = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth,
        };
    }

    /// <summary>Takes the user's word for colours.</summary>
    /// <param name="when"><c>always</c>, <c>never</c>; anything else leaves it as the surroundings ask.</param>
    internal void Choose(string? when) => Colour = when is "always" || (when is not "never" && Colour);

    internal string Paint(Ink ink, string text) => Colour ? $"\e[{(int)ink}m{text}\e[0m" : text;

    internal void Line(string text = "") => Output.WriteLine(text);

    /// <summary>Says beside the result, on standard error, what may help.</summary>
    internal void Hint(string message) => Error.WriteLine(message);

    /// <summary>Says what went wrong and what to do, on standard error.</summary>
    internal void Complain(string message) =>
        Error.WriteLine(Colour && !Console.IsErrorRedirected
            ? $"\e[31mmidwatch:\e[0m {message}"
            : $"midwatch: {message}");
}

/// <summary>A colour or weight; the number is its SGR code (ECMA-48 section 8.3.117).</summary>
internal enum Ink
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
}
