using System.Globalization;

namespace Reference.Web;

/// <summary>Reads a service's settings from its environment; what is missing or wrong is named.</summary>
/// <param name="find">Looks a variable up; null when it is not set.</param>
public sealed class Variables(Func<string, string?> find)
{
    /// <summary>Gets the variables of this process.</summary>
    public static Variables Process { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Reads a text; null when it is not set or empty.</summary>
    public string? Find(string name) => find(name) is { Length: > 0 } value ? value : null;

    /// <summary>Reads a text that must be there.</summary>
    /// <exception cref="FormatException">It is not set.</exception>
    public string Need(string name) => Find(name) ?? throw new FormatException($"{name} is not set.");

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="FormatException">It is set and no number from <paramref name="least"/> on.</exception>
    public int Number(string name, int otherwise, int least = 1)
    {
        if (Find(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least
            ? value : throw new FormatException($"{name}: '{text}' is no number from {least} on.");
    }

    /// <summary>Reads a number of seconds.</summary>
    /// <exception cref="FormatException">It is set and no number of seconds.</exception>
    public TimeSpan Seconds(string name, int otherwise) => TimeSpan.FromSeconds(Number(name, otherwise));

    /// <summary>Reads the address of another service.</summary>
    /// <exception cref="FormatException">It is not set, or no address; the message shows one.</exception>
    public Uri Address(string name)
    {
        var text = Need(name);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address : throw new FormatException($"{name}: '{text}' is no address such as http://web:8080.");
    }
}
