using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Credentials.Cli.Doctor;

/// <summary>An issuer's data folder as it lies on disk, the issuer running or not: database, key ring, permissions, room.</summary>
internal static class IssuerDataExam
{
    private const long LeastRoom = 1024L * 1024 * 1024;
    private const string Storage = "storage";
    private const string KeyRing = "key ring";

    public static IReadOnlyList<Finding> Run(string folder) => Directory.Exists(folder)
        ? [.. Guarded(Storage, () => Database(folder)), .. Guarded(KeyRing, () => Ring(Path.Combine(folder, "keyring"))), .. Guarded(Storage, () => Room(folder))]
        : throw new MisuseException($"There is no folder {folder}.");

    private static IEnumerable<Finding> Database(string folder)
    {
        string file = Path.Combine(folder, "issuer.db");
        if (!File.Exists(file))
        {
            return [Finding.Bad(Storage, $"there is no {file}", "Make sure that this is the issuer's data folder (Issuer:DataFolder); a new issuer makes the file at its first start.")];
        }

        byte[] head = new byte[16];
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        bool sqlite = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual("SQLite format 3\0"u8);
        return
        [
            sqlite ? Finding.Good(Storage, string.Create(CultureInfo.InvariantCulture, $"{file}, {stream.Length / 1024} KiB"))
                : Finding.Bad(Storage, $"{file} is no SQLite database", "Restore the data folder from a backup; keep the broken file for study."),
            .. Private(Storage, folder),
        ];
    }

    private static IEnumerable<Finding> Ring(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "key-*.xml") : [];
        if (files.Length == 0)
        {
            return [Finding.Bad(KeyRing, $"there is no key in {folder}", "A new issuer makes one at its first start. If this one has issued before, restore the folder from a backup: without it the private keys cannot be read.")];
        }

        string[] plain = [.. files.Where(file => !XDocument.Load(file).Descendants().Any(element => element.Name.LocalName == "encryptedSecret"))];
        return
        [
            plain.Length == 0
                ? Finding.Good(KeyRing, string.Create(CultureInfo.InvariantCulture, $"{files.Length} key(s), each wrapped by a passphrase or certificate"))
                : Finding.Bad(KeyRing, $"{Path.GetFileName(plain[0])} lies in plain text", "Take it for known to others: restore a wrapped one from a backup, and renew the keys that it protected."),
            .. Private(KeyRing, folder),
        ];
    }

    private static IEnumerable<Finding> Private(string subject, string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        UnixFileMode others = File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        yield return (others & UnixFileMode.OtherWrite) == UnixFileMode.None
            ? Finding.Good(subject, others == UnixFileMode.None ? $"nobody else reads {folder}" : $"nobody else writes to {folder}")
            : Finding.Bad(subject, $"everybody may write to {folder}", $"chmod o-w {folder}");
    }

    private static IEnumerable<Finding> Room(string folder)
    {
        DriveInfo drive = new(Path.GetFullPath(folder));
        string room = string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / LeastRoom} GiB free");
        yield return drive.AvailableFreeSpace >= LeastRoom ? Finding.Good(Storage, room) : Finding.Bad(Storage, "less than 1 GiB is free", "Make room: SQLite stops issuing when the disk is full.");
    }

    private static IReadOnlyList<Finding> Guarded(string subject, Func<IEnumerable<Finding>> exam)
    {
        try
        {
            return [.. exam()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            return [Finding.Bad(subject, e.Message, "Run as the user that the issuer runs as; if the file is damaged, restore it from a backup.")];
        }
    }
}
