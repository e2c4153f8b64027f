using System.Diagnostics;

namespace Midwatch.Cli.Terminal;

/// <summary>A piece of long work: shown while it runs on a terminal, told with its duration once it is done.</summary>
internal sealed class Chapter : IDisposable
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly Screen _screen;
    private readonly string _title;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer? _timer;
    private readonly Lock _gate = new();
    private string _detail = string.Empty;
    private bool _over;

    internal Chapter(Screen screen, TimeProvider time, string title)
    {
        (_screen, _time, _title, _began) = (screen, time, title, time.GetTimestamp());
        if (screen.Interactive)
        {
            _timer = time.CreateTimer(_ => Redraw(), null, TimeSpan.Zero, RedrawEvery);
        }
    }

    /// <summary>Says what is being waited for.</summary>
    internal void Detail(string text)
    {
        lock (_gate)
        {
            _detail = text;
        }
    }

    internal void Done(string text) => Finish(Ink.Green, "✓", text);

    internal void Failed(string text) => Finish(Ink.Red, "✗", text);

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            if (!_over && _screen.Interactive)
            {
                _screen.Output.Write("\r\e[K");
            }

            _over = true;
        }
    }

    private void Finish(Ink ink, string mark, string text)
    {
        lock (_gate)
        {
            Debug.Assert(!_over, "A chapter ends once.");
            _over = true;
            var erase = _screen.Interactive ? "\r\e[K" : string.Empty;
            var took = Layout.Seconds(_time.GetElapsedTime(_began));
            _screen.Line($"{erase}{_screen.Paint(ink, mark)} {_screen.Paint(Ink.Bold, _title)}  "
                + $"{_screen.Paint(Ink.Dim, took)}  {Layout.Wrap(text, 4)}");
        }
    }

    private void Redraw()
    {
        lock (_gate)
        {
            if (!_over)
            {
                var took = Layout.Seconds(_time.GetElapsedTime(_began));
                _screen.Output.Write(
                    $"\r\e[K{_screen.Paint(Ink.Cyan, "…")} {_title}  {took}  {Layout.Cut(_detail, 60)}");
                _screen.Output.Flush();
            }
        }
    }
}
