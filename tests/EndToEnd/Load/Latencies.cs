using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Credentials.EndToEnd.Load;

/// <summary>How long each of many operations took.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    /// <summary>Does something and keeps how long it took, unless it failed.</summary>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> operation)
    {
        long start = Stopwatch.GetTimestamp();
        T result = await operation();
        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    /// <summary>Milliseconds under which that share of the operations stayed.</summary>
    public double Percentile(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {Percentile(0.5):0} ms, p99 {Percentile(0.99):0} ms");
}
