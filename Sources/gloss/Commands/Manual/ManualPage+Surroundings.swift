extension ManualPage {
    /// What every command shares: variables, files and exit statuses, in the macros of man(7).
    static let surroundings = """
        .SH ENVIRONMENT
        .TP
        .B GLOSS_HOST
        Where the daemon answers, as in unix:///run/gloss/gloss.sock; \\fBlocal\\fR means none. Without it the system's socket
        is tried, then $XDG_RUNTIME_DIR/gloss/gloss.sock.
        .TP
        .B GLOSS_STORE
        The store of models in place of $XDG_DATA_HOME/gloss/models.sqlite.
        .TP
        .B GLOSS_SHIPPED
        The store of the models that ship with Gloss.
        .SH FILES
        .TP
        .I ~/.local/share/gloss/models.sqlite
        The user's models.
        .TP
        .I /var/lib/gloss/models.sqlite
        The daemon's models.
        .TP
        .I /run/gloss/gloss.sock
        The daemon's socket, for the members of the group gloss.
        .TP
        .I /etc/gloss/gloss.toml
        The daemon's configuration.
        .SH EXIT STATUS
        As in sysexits(3): 0 success, 64 usage, 65 bad data, 66 no input, 69 no such model or daemon, 70 a fault of Gloss, 74
        input or output, 75 try again, 77 not permitted, 78 configuration.

        """
}
