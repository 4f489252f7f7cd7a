using System.Diagnostics;

namespace Credentials.Benchmarks;

/// <summary>One operation's measured batches.</summary>
internal sealed class Series(Action operation)
{
    private const int Rounds = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly List<double> _microseconds = [];
    private readonly List<double> _processor = [];
    private int _batch = 1;
    private long _bytes;

    /// <summary>Batches measured.</summary>
    public int Count => _microseconds.Count;

    /// <summary>Operations measured.</summary>
    public long Operations => (long)_batch * Count;

    /// <summary>Allocated by one operation, in the whole process.</summary>
    public long BytesPerOperation => _bytes / Operations;

    /// <summary>Microseconds of one operation in the median batch.</summary>
    public double Median => MedianOf(_microseconds);

    /// <summary>The same in processor time of the process: what a busy machine hardly disturbs.</summary>
    public double Processor => MedianOf(_processor);

    /// <summary>Runs until the code is compiled in its last tier, and finds how many operations fill a batch.</summary>
    public void WarmUp(TimeSpan time, TimeSpan batch)
    {
        for (int round = 0; round < Rounds; round++)
        {
            int count = 0;
            TimeSpan elapsed = TimeSpan.Zero;
            for (long start = Stopwatch.GetTimestamp(); elapsed < time / Rounds; elapsed = Stopwatch.GetElapsedTime(start))
            {
                operation();
                count++;
            }

            _batch = Math.Max(1, (int)(count * (batch / elapsed)));

            // The compiler's own thread has its turn.
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Measures one more batch.</summary>
    public void RunBatch()
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _batch; i++)
        {
            operation();
        }

        _microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / _batch);
        _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / _batch);
        _bytes += GC.GetTotalAllocatedBytes(precise: true) - allocated;
    }

    private static double MedianOf(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
