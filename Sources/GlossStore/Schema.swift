import GRDB

/// The tables of a store and the named steps that lead to them.
///
/// Contents of every kind (tensor, asset, checkpoint) live in `content`, cut into `piece`s, so that none meets SQLite's
/// limit of 1,000,000,000 bytes a value and none needs a second buffer of its own size.
enum Schema {
    /// "GLOS": the mark of a Gloss store in the file's header (SQLite's `application_id`).
    static let applicationIdentifier: Int32 = 0x474C_4F53

    /// The number of migrations this Gloss knows, kept in the file's `user_version`.
    static let version = 1

    /// Every migration, oldest first; one that has been released is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("models, contents and checkpoints") { database in
            try database.execute(sql: tables)
            for table in ["version", "tensor", "asset", "metric", "source", "content", "piece"] {
                try database.execute(sql: forbidUpdate(of: table))
            }
            for table in ["tensor", "asset", "checkpoint"] {
                try database.execute(sql: releaseContent(of: table))
            }
            try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    /// The number of migrations that a file has had.
    static func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    private static let tables = """
        -- current: the version that the bare name means, NULL when all are removed.
        -- latest: the last number given; a number is never given twice.
        CREATE TABLE model (
            name TEXT NOT NULL PRIMARY KEY,
            current INTEGER,
            latest INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE version (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL REFERENCES model(name),
            number INTEGER NOT NULL CHECK (number > 0),
            task TEXT NOT NULL,
            configuration TEXT NOT NULL,
            seed INTEGER NOT NULL,
            duration REAL NOT NULL,
            gloss_version TEXT NOT NULL,
            licence TEXT NOT NULL,
            created INTEGER NOT NULL,
            manifest BLOB NOT NULL,
            UNIQUE (name, number)
        ) STRICT;

        CREATE TABLE content (
            id INTEGER PRIMARY KEY,
            bytes INTEGER NOT NULL,
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
        ) STRICT;

        CREATE TABLE piece (
            content INTEGER NOT NULL REFERENCES content(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (content, position)
        ) STRICT;

        CREATE TABLE tensor (
            version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            shape TEXT NOT NULL,
            element_type TEXT NOT NULL,
            content INTEGER NOT NULL UNIQUE,
            PRIMARY KEY (version, position),
            UNIQUE (version, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE asset (
            version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            content INTEGER NOT NULL UNIQUE,
            PRIMARY KEY (version, position),
            UNIQUE (version, name)
        ) STRICT, WITHOUT ROWID;

        -- value: NULL stands for NaN, which SQLite does not store.
        CREATE TABLE metric (
            version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value REAL,
            PRIMARY KEY (version, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE source (
            version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            licence TEXT NOT NULL,
            PRIMARY KEY (version, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoint (
            run TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('best', 'last')),
            step INTEGER NOT NULL,
            details TEXT NOT NULL,
            created INTEGER NOT NULL,
            content INTEGER NOT NULL UNIQUE,
            PRIMARY KEY (run, kind)
        ) STRICT, WITHOUT ROWID;
        """

    private static func forbidUpdate(of table: String) -> String {
        """
        CREATE TRIGGER \(table)_is_never_changed BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'a saved \(table) is never changed'); END
        """
    }

    private static func releaseContent(of table: String) -> String {
        """
        CREATE TRIGGER \(table)_releases_content AFTER DELETE ON \(table)
        BEGIN DELETE FROM content WHERE id = old.content; END
        """
    }
}
