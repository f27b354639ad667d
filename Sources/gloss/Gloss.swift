@main struct Gloss { static func main() {} }
