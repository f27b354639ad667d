/// How names of the Internet and of files end, by which they are known in running text.
enum Names {
    /// All endings behind the last full stop, in small letters.
    static let endings: Set<String> = Set(domains + countries + files)

    /// Domains for a kind of owner.
    private static let domains = [
        "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "dev", "app", "tv", "ai", "xyz", "mobi",
    ]

    /// Domains of countries and unions, without those that are common English words (at, be, in, is, it, me, my, no, so,
    /// to, us), which follow a full stop without a space too often.
    private static let countries = [
        "ar", "au", "br", "ca", "ch", "cl", "cn", "co", "cz", "de", "dk", "es", "eu", "fi", "fr", "gr", "hk", "hu",
        "ie",
        "il", "ir", "jp", "kr", "lt", "lv", "mx", "nl", "nz", "pk", "pl", "pt", "ro", "rs", "ru", "se", "sg", "sk",
        "th",
        "tr", "tw", "ua", "uk", "vn", "za",
    ]

    /// Documents, pictures, programs and archives.
    private static let files = [
        "asp", "aspx", "avi", "bat", "bmp", "c", "cfg", "cfm", "conf", "cpp", "css", "csv", "dat", "db", "dll", "doc",
        "docx", "exe", "gif", "gz", "h", "htm", "html", "ini", "iso", "jar", "java", "jpeg", "jpg", "js", "json", "jsp",
        "log", "md", "mdb", "mov", "mp3", "mp4", "mpeg", "mpg", "pdf", "php", "png", "ppt", "pptx", "ps", "py", "rar",
        "rb", "rtf", "sh", "sql", "svg", "swf", "swift", "tar", "tex", "tgz", "tif", "tiff", "toml", "txt", "url",
        "wav",
        "wma", "wmv", "wpd", "xhtml", "xls", "xlsx", "xml", "yaml", "yml", "zip",
    ]
}
