using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Text in the making, with the here-documents that begin after the next line break.</summary>
internal sealed class PrinterOutput
{
    private readonly StringBuilder _text = new();
    private readonly List<HereDocument> _pending = [];

    public bool HasPending => _pending.Count > 0;

    public PrinterOutput Write(string text)
    {
        _text.Append(text);
        return this;
    }

    public void WriteLater(HereDocument document) => _pending.Add(document);

    public void NewLine()
    {
        _text.Append('\n');
        HereDocument[] due = [.. _pending];
        _pending.Clear();
        foreach (var document in due)
        {
            if (document.Quoted)
            {
                _text.Append(document.Body.StaticText);
            }
            else
            {
                new WordPrinter(this).Print(document.Body);
            }

            _text.Append(document.Delimiter).Append('\n');
        }
    }

    public string Finish()
    {
        if (HasPending)
        {
            NewLine();
        }

        return _text.ToString();
    }
}
