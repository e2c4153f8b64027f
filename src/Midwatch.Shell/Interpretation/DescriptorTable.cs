using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>The numbered descriptors of one flow of control. Disposing gives back what it holds.</summary>
internal sealed class DescriptorTable : IDisposable
{
    private ImmutableDictionary<int, OpenDescriptor> _open;

    public DescriptorTable(ShellStreams streams) =>
        _open = ImmutableDictionary<int, OpenDescriptor>.Empty
            .Add(0, new OpenDescriptor(streams.Input, owned: false))
            .Add(1, new OpenDescriptor(streams.Output, owned: false))
            .Add(2, new OpenDescriptor(streams.Error, owned: false));

    private DescriptorTable(ImmutableDictionary<int, OpenDescriptor> open) => _open = open;

    /// <summary>A table of its own over the same open files.</summary>
    public DescriptorTable Copy()
    {
        foreach (var descriptor in _open.Values)
        {
            descriptor.Hold();
        }

        return new DescriptorTable(_open);
    }

    /// <summary>The open file behind a number; null when it is closed.</summary>
    public SafeFileHandle? this[int number] => _open.GetValueOrDefault(number)?.Handle;

    /// <summary>Takes over a handle under a number.</summary>
    public void Set(int number, SafeFileHandle handle) => Replace(number, new OpenDescriptor(handle, owned: true));

    /// <summary>Makes a number mean the same open file as another; false when that is closed.</summary>
    public bool Duplicate(int number, int from)
    {
        if (_open.GetValueOrDefault(from) is not { } descriptor)
        {
            return false;
        }

        Replace(number, descriptor.Hold());
        return true;
    }

    public void Close(int number)
    {
        if (_open.GetValueOrDefault(number) is { } descriptor)
        {
            _open = _open.Remove(number);
            descriptor.Release();
        }
    }

    public void Dispose()
    {
        foreach (var number in _open.Keys)
        {
            Close(number);
        }
    }

    private void Replace(int number, OpenDescriptor descriptor)
    {
        Close(number);
        _open = _open.SetItem(number, descriptor);
    }
}
