using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>mapfile</c>, also called <c>readarray</c>.</summary>
internal static class MapfileBuiltin
{
    private const int LinesMax = 1_000_000;

    public static async ValueTask<Flow> RunAsync(BuiltinCall call)
    {
        if (Settings.Parse(call.Arguments) is not { } settings)
        {
            return call.Stop($"{call.Arguments[0]}: one of its options is not supported by the interpreter.");
        }

        if (!ShellCharacters.IsName(settings.Array))
        {
            return call.Fail($"`{settings.Array}': not a valid identifier");
        }

        var state = call.Context.State;
        var old = state.Variables.GetValueOrDefault(state.Resolve(settings.Array)) ?? new ShellVariable();
        if (old.ReadOnly || old.Keyed is not null)
        {
            return call.Fail($"{settings.Array}: {(old.ReadOnly ? "readonly variable" : "not an indexed array")}");
        }

        var builder = (settings.Origin is null ? ShellArrays.Empty : ShellArrays.Of(old)).ToBuilder();
        var reader = new LineReader(call.Context, settings.Descriptor);
        var index = settings.Origin ?? 0;
        for (long line = 0; settings.Count == 0 || line < settings.Count + settings.Skipped; line++)
        {
            var bytes = await reader.ReadAsync(settings.Delimiter);
            if (bytes.Count == 0)
            {
                break;
            }

            if (line >= settings.Skipped)
            {
                builder[index++] = Text(bytes, settings);
            }

            if (line > LinesMax || reader.IsTooMuch)
            {
                return call.Context.Run.Stop(
                    "SH3005", "There are too many lines to keep.", "Let the command print less.", call.Span);
            }
        }

        state.Put(settings.Array, old with { Text = null, Elements = builder.ToImmutable() });
        return Flow.Next(0);
    }

    private static string Text(List<byte> bytes, Settings settings)
    {
        var ends = bytes[^1] == settings.Delimiter;
        var length = settings.Trims && ends ? bytes.Count - 1 : bytes.Count;
        return Encoding.UTF8.GetString([.. bytes.Take(length).TakeWhile(b => b != 0)]);
    }

    private sealed record Settings
    {
        public byte Delimiter { get; private set; } = (byte)'\n';

        public bool Trims { get; private set; }

        public long Count { get; private set; }

        public long Skipped { get; private set; }

        public long? Origin { get; private set; }

        public int Descriptor { get; private set; }

        public string Array { get; private set; } = "MAPFILE";

        /// <summary>Null when an option is not supported, or is none.</summary>
        public static Settings? Parse(ImmutableArray<string> arguments)
        {
            var options = new OptionReader(arguments, "dnOsu", "t");
            var settings = new Settings();
            while (options.Next() is { } option)
            {
                if (!settings.TrySet(option.Letter, option.Value))
                {
                    return null;
                }
            }

            settings.Array = options.Rest is [var name, ..] ? name : settings.Array;
            return options.IsWrong || options.Rest.Length > 1 ? null : settings;
        }

        private bool TrySet(char letter, string value)
        {
            if (letter == 't')
            {
                Trims = true;
                return true;
            }

            if (letter == 'd')
            {
                Delimiter = value.Length == 0 ? (byte)0 : (byte)value[0];
                return value.Length == 0 || char.IsAscii(value[0]);
            }

            var valid = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (letter)
            {
                case 'n':
                    Count = number;
                    break;
                case 's':
                    Skipped = number;
                    break;
                case 'O':
                    Origin = number;
                    break;
                default:
                    Descriptor = (int)Math.Min(number, int.MaxValue);
                    break;
            }

            return valid;
        }
    }
}
