/// A binary heap: the smallest element first.
struct Heap<Element: Comparable> {
    private var elements: [Element]

    /// A heap of elements in any order; takes linear time.
    init(_ elements: [Element] = []) {
        self.elements = elements
        for index in stride(from: elements.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    mutating func push(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0, elements[index] < elements[(index - 1) / 2] {
            elements.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let top = elements.first, let last = elements.popLast() else { return nil }
        if !elements.isEmpty {
            elements[0] = last
            sink(0)
        }
        return top
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var best = index
            let left = 2 * index + 1
            if left < elements.count, elements[left] < elements[best] { best = left }
            if left + 1 < elements.count, elements[left + 1] < elements[best] { best = left + 1 }
            if best == index { return }
            elements.swapAt(index, best)
            index = best
        }
    }
}
