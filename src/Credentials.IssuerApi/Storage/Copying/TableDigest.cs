using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;

namespace Credentials.IssuerApi.Storage.Copying;

/// <summary>Counts rows and hashes their values in order, so that two tables are compared without having both at hand. A value is hashed with its kind and its length: no two rows that differ hash alike.</summary>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Rows { get; private set; }

    /// <summary>Reads the row that the reader stands on.</summary>
    public object?[] Add(DbDataReader reader, CopiedTable table)
    {
        object?[] row = new object?[table.Columns.Count];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : table.Columns[i].Type switch
            {
                "INTEGER" => reader.GetInt64(i),
                "TEXT" => reader.GetString(i),
                "BLOB" => reader.GetFieldValue<byte[]>(i),
                var type => throw new InvalidOperationException($"The column {table.Name}.{table.Columns[i].Name} is of the unknown type {type}."),
            };
            Add(row[i]);
        }

        Rows++;
        return row;
    }

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(object? value)
    {
        (byte kind, byte[] bytes) = value switch
        {
            null => ((byte)'n', []),
            long number => ((byte)'i', Of(number)),
            string text => ((byte)'t', System.Text.Encoding.UTF8.GetBytes(text)),
            byte[] blob => ((byte)'b', blob),
            _ => throw new InvalidOperationException($"A value of type {value.GetType()} cannot be compared."),
        };
        _hash.AppendData([kind]);
        _hash.AppendData(Of(bytes.Length));
        _hash.AppendData(bytes);
    }

    private static byte[] Of(long number)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
