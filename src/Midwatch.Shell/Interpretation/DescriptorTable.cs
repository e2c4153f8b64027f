using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>The numbered descriptors of one flow of control. Disposing gives back what it holds.</summary>
internal sealed class DescriptorTable : IDisposable
{
    private const int Standard = 3;
    private const int FirstOwn = 10;
    private const int LastOwn = 63;

    private readonly DescriptorTable? _below;
    private ImmutableSortedDictionary<int, OpenDescriptor> _open;
    private ImmutableHashSet<int> _redirected = [];
    private ImmutableHashSet<int> _substitutions = [];

    public DescriptorTable(ShellStreams streams) =>
        _open = ImmutableSortedDictionary<int, OpenDescriptor>.Empty
            .Add(0, new OpenDescriptor(streams.Input, owned: false))
            .Add(1, new OpenDescriptor(streams.Output, owned: false))
            .Add(2, new OpenDescriptor(streams.Error, owned: false));

    private DescriptorTable(ImmutableSortedDictionary<int, OpenDescriptor> open, DescriptorTable? below)
    {
        _open = open;
        _below = below;
    }

    /// <summary>A table of its own over the same open files: for a subshell.</summary>
    public DescriptorTable Copy() => Copy(below: null);

    /// <summary>A table for the commands of a process substitution: they hold no end of the others' pipes.</summary>
    public DescriptorTable CopyWithoutSubstitutions()
    {
        var copy = Copy();
        foreach (var number in _substitutions)
        {
            copy.Drop(number);
        }

        return copy;
    }

    /// <summary>A table for one command with redirections: what <c>exec</c> opens in it stays open below.</summary>
    public DescriptorTable Layer() => Copy(below: this);

    /// <summary>The open file behind a number; null when it is closed.</summary>
    public SafeFileHandle? this[int number] => _open.GetValueOrDefault(number)?.Handle;

    /// <summary>Gets what is open beside the standard streams; a program is given that too.</summary>
    public ImmutableSortedDictionary<int, SafeFileHandle> Others => _open.Count <= Standard
        ? ImmutableSortedDictionary<int, SafeFileHandle>.Empty
        : _open.Where(pair => pair.Key >= Standard)
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Handle);

    public bool IsWrittenFile(int number) => _open.GetValueOrDefault(number)?.IsWrittenFile == true;

    /// <summary>A free number from 10 on, for <c>{fd}&gt;file</c>.</summary>
    public int FreeFromTen() => Enumerable.Range(FirstOwn, int.MaxValue - FirstOwn).First(n => !_open.ContainsKey(n));

    /// <summary>A free number from 63 down, for process substitutions; null when all are taken.</summary>
    public int? FreeFromTheTop() =>
        Enumerable.Range(0, LastOwn - FirstOwn).Select(i => (int?)(LastOwn - i))
            .FirstOrDefault(number => !_open.ContainsKey(number!.Value));

    /// <summary>Takes over a handle under a number.</summary>
    public void Set(int number, SafeFileHandle handle, bool isWrittenFile = false)
    {
        _redirected = _redirected.Add(number);
        Replace(number, new OpenDescriptor(handle, owned: true) { IsWrittenFile = isWrittenFile });
    }

    /// <summary>Takes over an end of a process substitution's pipe, which lives as long as the command.</summary>
    public void SetSubstitution(int number, SafeFileHandle handle)
    {
        _substitutions = _substitutions.Add(number);
        Replace(number, new OpenDescriptor(handle, owned: true));
    }

    /// <summary>Makes a number mean the same open file as another; false when that is closed.</summary>
    public bool Duplicate(int number, int from)
    {
        if (_open.GetValueOrDefault(from) is not { } descriptor)
        {
            return false;
        }

        _redirected = _redirected.Add(number);
        Replace(number, descriptor.Hold());
        return true;
    }

    public void Close(int number)
    {
        _redirected = _redirected.Add(number);
        Drop(number);
    }

    /// <summary>Makes what was redirected here last in the table below, and in all that lie below it.</summary>
    public void Keep()
    {
        foreach (var number in _redirected)
        {
            Pass(number, _open.GetValueOrDefault(number));
        }
    }

    public void Dispose()
    {
        foreach (var number in _open.Keys)
        {
            Drop(number);
        }
    }

    private void Pass(int number, OpenDescriptor? descriptor)
    {
        for (var table = _below; table is not null; table = table._below)
        {
            if (descriptor is null)
            {
                table.Drop(number);
            }
            else
            {
                table.Replace(number, descriptor.Hold());
            }

            if (table._redirected.Contains(number))
            {
                // The redirection of an enclosing command is undone at its end, and with it this one.
                return;
            }
        }
    }

    private DescriptorTable Copy(DescriptorTable? below)
    {
        foreach (var descriptor in _open.Values)
        {
            descriptor.Hold();
        }

        return new DescriptorTable(_open, below) { _substitutions = _substitutions };
    }

    private void Drop(int number)
    {
        if (_open.GetValueOrDefault(number) is { } descriptor)
        {
            _open = _open.Remove(number);
            descriptor.Release();
        }
    }

    private void Replace(int number, OpenDescriptor descriptor)
    {
        Drop(number);
        _open = _open.SetItem(number, descriptor);
    }
}
