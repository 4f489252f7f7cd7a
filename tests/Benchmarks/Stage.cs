using System.Diagnostics;
using System.Text.Json;

namespace Credentials.Benchmarks;

/// <summary>Measures operations with a stopwatch, in batches of about ten milliseconds, and prints the median batch.</summary>
internal sealed class Stage(bool quick, string filter)
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan _time = quick ? TimeSpan.FromSeconds(0.4) : TimeSpan.FromSeconds(4);

    /// <summary>Measures one operation in microseconds.</summary>
    /// <param name="name">The figure's name.</param>
    /// <param name="operation">What is measured.</param>
    /// <param name="aim">The median it should stay under, in microseconds.</param>
    public void Measure(string name, Action operation, double? aim = null)
    {
        if (Wanted(name))
        {
            var series = new Series(operation);
            Run([series]);
            Print(name, series, aim is { } most ? ("aim", most, series.Processor <= most) : null);
        }
    }

    /// <summary>Measures an operation and the bare signature operation inside it, batch by batch in turn, so that a busy machine slows both.</summary>
    /// <param name="name">The figure's name.</param>
    /// <param name="operation">What is measured.</param>
    /// <param name="raw">The bare operation.</param>
    /// <param name="share">The share of the raw rate that it should reach.</param>
    public void MeasureBeside(string name, Action operation, Action raw, double share)
    {
        if (Wanted(name))
        {
            var series = new Series(operation);
            var bare = new Series(raw);
            Run([series, bare]);
            double reached = bare.Processor / series.Processor;
            Print(name, series, ("aim", share, reached >= share), ("raw", bare.Median), ("rawCpu", bare.Processor), ("ofRaw", reached));
        }
    }

    /// <summary>Whether a figure is asked for.</summary>
    public bool Wanted(string name) => name.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private void Run(Series[] all)
    {
        foreach (Series series in all)
        {
            series.WarmUp(_time / 3, Batch);
        }

        GC.Collect();
        for (long start = Stopwatch.GetTimestamp(); all[0].Count < 3 || Stopwatch.GetElapsedTime(start) < _time;)
        {
            foreach (Series series in all)
            {
                series.RunBatch();
            }
        }
    }

    private static void Print(string name, Series series, (string Name, double Value, bool Met)? aim, params (string Name, double Value)[] more)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("unit", "us");
            json.WriteNumber("median", Rounded(series.Median));
            json.WriteNumber("cpu", Rounded(series.Processor));
            json.WriteNumber("n", series.Operations);
            json.WriteNumber("bytes", series.BytesPerOperation);
            foreach ((string member, double value) in more)
            {
                json.WriteNumber(member, Rounded(value));
            }

            if (aim is { } a)
            {
                json.WriteNumber(a.Name, a.Value);
                json.WriteBoolean("met", a.Met);
            }

            json.WriteEndObject();
        }

        Console.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static decimal Rounded(double value) => Math.Round((decimal)value, value < 10 ? 3 : 1);
}
