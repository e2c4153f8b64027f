namespace Midwatch.Shell.Syntax;

/// <summary>Lists of parts that wait for the next word.</summary>
internal sealed class PartListPool(ParserState state)
{
    private readonly Stack<PartList> _free = [];

    public PartList Rent()
    {
        var list = _free.TryPop(out var free) ? free : new PartList(state);
        list.Reset();
        return list;
    }

    public void Return(PartList list) => _free.Push(list);
}
