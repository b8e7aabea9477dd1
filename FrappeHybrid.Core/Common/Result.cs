using System.Diagnostics.CodeAnalysis;

namespace FrappeHybrid.Core.Common;

/// <summary>The outcome of an act that makes nothing new: done, or an <see cref="Error"/>.</summary>
public sealed record Result
{
    /// <summary>It was done.</summary>
    public static readonly Result Done = new();

    /// <summary>Why not; null when done.</summary>
    public Error? Error { get; private init; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsDone => Error is null;

    public static implicit operator Result(Error error) => new() { Error = error };
}

/// <summary>The outcome of an act: its value, or an <see cref="Error"/>.</summary>
public sealed record Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error)
    {
        this.value = value;
        Error = error;
    }

    /// <summary>Why not; null when done.</summary>
    public Error? Error { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsDone => Error is null;

    /// <summary>What was made; asking for it after an error is a bug.</summary>
    public T Value => IsDone ? value! : throw new InvalidOperationException($"There is no value: {Error.Code}.");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
