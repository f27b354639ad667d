import GlossNN
import Testing

#if canImport(Glibc)
    import Glibc
#endif

// What PyTorch computes for two directions over packed ragged sequences, with weights by formula, so that none need to
// be written down: the output, and the gradients of the recurrent weights of the first layer's two sweeps for the loss
// Σ y². PyTorch keeps its weights transposed and gives RNN and LSTM a second bias, which is left zero.
//
//     import math, torch  # 2.13.0
//     torch.set_default_dtype(torch.float64)
//     def values(shape, t):
//         return torch.tensor([1.2 * math.sin(0.7 * i + t) for i in range(math.prod(shape))]).reshape(shape)
//     def run(kind, layers=1, **options):
//         net, t = kind(2, 3, layers, bidirectional=True, **options), 0
//         for name, p in net.named_parameters():
//             p.data.zero_()
//             if "bias_hh" in name and kind is not torch.nn.GRU: continue
//             p.data = values(p.t().shape if p.dim() == 2 else p.shape, t)
//             p.data = p.data.t().contiguous() if p.dim() == 2 else p.data
//             t += 1
//         x = [values([steps, 2], 20 + i) for i, steps in enumerate([3, 1, 2])]
//         packed = torch.nn.utils.rnn.pack_sequence(x, enforce_sorted=False)
//         y, lengths = torch.nn.utils.rnn.pad_packed_sequence(net(packed)[0], batch_first=True)
//         y = torch.cat([row[:n] for row, n in zip(y, lengths)])
//         (y * y).sum().backward()
//         return y.flatten(), torch.cat([p.grad.t().flatten() for p in (net.weight_hh_l0, net.weight_hh_l0_reverse)])

/// Scalar i of the tensor number t: 1.2 · sin(0.7 i + t).
func tensorByFormula(_ shape: [Int], _ number: Int) -> Tensor {
    Tensor(shape, (0..<shape.reduce(1, *)).map { Float(1.2 * sin(0.7 * Double($0) + Double(number))) })
}

/// Whether values agree with pinned ones within 1e-5, relative where they are above 1.
func agree(_ values: [Float], _ pinned: [Float]) -> Bool {
    values.count == pinned.count && zip(values, pinned).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) }
}

/// A network with what PyTorch computes for it.
private struct Pinned: Sendable, CustomTestStringConvertible {
    /// The arguments of `run`.
    var testDescription: String
    var cell: CellKind
    var activation = Activation.tanh
    var layers = 1
    /// Sequence by sequence, [steps, 6].
    var output: [Float]
    /// Forward, then backward: [3, gates · 3] each.
    var hiddenWeightGradients: [Float]

    static let all = [
        Pinned(
            testDescription: "torch.nn.RNN", cell: .rnn,
            output: [
                0.9795326, 0.9491778, 0.4647543, -0.9766849, -0.9663031, -0.7114904, 0.9051249, 0.8447904, 0.3742677,
                -0.2636158, -0.3323972, -0.2529364, 0.3883514, -0.3371363, -0.7382214, 0.03287177, 0.507177, 0.676206,
                0.8952906, 0.8911466, 0.6264834, -0.8771749, -0.9035466, -0.7248051, 0.2747521, 0.1883555, 0.009609141,
                0.6186124, 0.7050045, 0.5504708, 0.2916896, -0.5598111, -0.8532618, -0.2035737, 0.5827764, 0.841483,
            ],
            hiddenWeightGradients: [
                0.9597263, 0.07505706, -0.6797702, 0.8671217, 0.1518978, -0.600871, 0.3545102, 0.161418, -0.2294162,
                -0.1207463, -0.1548248, 0.01247976, 0.644802, -0.2262312, 0.4255746, 0.8918208, -0.2802585, 0.4832167,
            ]),
        Pinned(
            testDescription: "torch.nn.RNN, nonlinearity=\"relu\"", cell: .rnn, activation: .relu,
            output: [
                2.28589, 1.823415, 0.5033584, 0, 0, 0, 2.821681, 2.133025, 0.4411735, 0, 0, 0, 2.338478, 0.9539625, 0,
                0.03288362, 0.5589218, 0.8220903, 1.44797, 1.427468, 0.7356066, 0, 0, 0, 0.2819968, 0.1906316,
                0.009609437, 0.9538748, 0.9139683, 0.4442083, 0.3078407, 0, 0, 0, 0.6666567, 1.226232,
            ],
            hiddenWeightGradients: [
                42.25596, 12.46652, -11.27379, 33.13486, 9.719611, -8.992901, 8.429912, 2.401412, -2.482514, 0, 0, 0,
                1.271814, 1.218606, 0.5922689, 2.339344, 2.241475, 1.089405,
            ]),
        Pinned(
            testDescription: "torch.nn.LSTM", cell: .lstm,
            output: [
                -0.5789725, 0.2277676, 0.3177315, 0.01019837, -0.0178692, -0.1656191, -0.1676973, 0.08483, 0.1528488,
                0.01667405, -0.04415984, -0.1071434, 0.06589272, 0.0760625, 0.07508771, -0.1531384, -0.2486824,
                -0.2095943, -0.4675274, -0.1344551, 0.2835455, 0.0348818, 0.01368809, -0.04562583, -0.03904522,
                0.02390103, 0.06011619, -0.01970101, -0.124207, -0.210937, 0.1733077, 0.07507099, 0.04550836,
                -0.1475346, -0.3366848, -0.3992527,
            ],
            hiddenWeightGradients: [
                -0.001926586, -0.002420636, -0.002124739, -0.0127252, -0.004459172, -0.01259144, 0.03430413,
                -0.03131146, -0.04200254, -0.01674645, -0.006040922, -0.01398196, 0.001178818, 0.001113199,
                0.0008839279, 0.004917524, 0.001789648, 0.005009072, -0.01315825, 0.01245993, 0.01673094, 0.006957028,
                0.00260231, 0.005682622, 0.002743759, 0.001926623, 0.001343835, 0.00667707, 0.002566058, 0.007095171,
                -0.01748742, 0.0176774, 0.02374483, 0.01072975, 0.004132799, 0.008296663, 0.0002315407, 0.0001638183,
                -0.003047243, -0.0002071912, -0.001801189, -0.004102608, 0.0007358031, 0.005061655, 0.01457597,
                -4.583788e-05, -0.00293425, -0.009184775, 0.000482625, 0.0003027482, -0.007129688, -0.0004564635,
                -0.004026505, -0.008720382, 0.001648615, 0.01138152, 0.02968027, -0.000135556, -0.006658068,
                -0.02235911, 0.0005354014, 0.0002989187, -0.008390846, -0.0005271195, -0.004702709, -0.009767977,
                0.001929507, 0.01334673, 0.03210925, -0.0001841259, -0.007854731, -0.02713928,
            ]),
        Pinned(
            testDescription: "torch.nn.GRU", cell: .gru,
            output: [
                -0.4163164, -0.5214327, 0.127518, 0.1470836, -0.3532323, -0.2929032, 0.2687392, 0.231006, 0.391979,
                -0.4541469, -0.7090817, 0.009272683, 0.9593406, 0.9686334, 0.7990015, -0.1218466, -0.7251563,
                -0.4420493, -0.4323134, -0.02773488, 0.4190312, 0.06637392, -0.1656112, -0.3454354, 0.8538639,
                0.8553037, 0.5313692, -0.4370965, -0.9032627, 0.4775508, 0.6997155, 0.9961138, 0.9516096, -0.1180764,
                -0.7421399, -0.4222576,
            ],
            hiddenWeightGradients: [
                -0.1155813, -0.05331099, -0.0105287, 0.03379684, 0.04558289, -0.03270553, 0.4854238, -0.04709279,
                -0.02624651, -0.1388464, -0.06701241, -0.01382616, 0.04378803, 0.06363158, -0.002877044, 0.4499039,
                -0.06042617, -0.03329324, 0.01350532, 0.01734704, 0.005658987, -0.0173869, -0.04270127, -0.1484342,
                0.4450399, 0.019999, 0.009650639, 0.007439338, -0.003358527, 0.01564554, 0.07632625, -0.05953526,
                0.04854582, -0.005173994, 0.1482687, -0.03400101, 0.004907211, -0.005480427, 0.006819881, 0.2797213,
                -0.07304093, 0.08777018, 0.01629595, 0.6240274, -0.3455318, -0.005717867, -0.0001258052, -0.01249104,
                0.1249635, 0.01610301, 0.007714, 0.02027173, 0.3154487, -0.2177739,
            ]),
        Pinned(
            testDescription: "torch.nn.LSTM, layers=2", cell: .lstm, layers: 2,
            output: [
                0.1066994, 0.2975683, 0.0916903, 0.02372946, -0.09170194, -0.4931115, -0.0485523, 0.3245977, 0.1654828,
                0.03488338, -0.04122573, -0.2806819, -0.06059697, 0.2792534, 0.1880425, 0.03157668, -0.01307369,
                -0.1301923, 0.1248186, 0.2197565, 0.09656512, -0.00381328, -0.112562, -0.304443, -0.2769525, 0.1513527,
                0.202661, 0.04877357, -0.001033433, -0.1865308, -0.215262, 0.148263, 0.2053188, 0.04076098, 0.0101359,
                -0.07260358,
            ],
            hiddenWeightGradients: [
                0.002352008, -0.002864298, 9.633809e-05, -0.01482171, -0.004602496, -0.001358162, 0.03965888,
                -0.03197968, -0.004376999, -0.01045989, -0.006329581, -0.002348498, -0.001098292, 0.00134826,
                -9.736199e-05, 0.005909697, 0.001858977, 0.0004986197, -0.01575089, 0.01277522, 0.001581615,
                0.004016658, 0.002800159, 0.0007795676, -0.001833535, 0.002396985, -0.0003033994, 0.008387247,
                0.002688353, 0.0006152043, -0.02223346, 0.01822762, 0.001881688, 0.005439479, 0.0045988, 0.0007301259,
                0.002053937, -0.0005515008, -0.0001455064, -0.001215732, 0.002217437, -0.000637486, 0.002526037,
                -0.00596023, 0.0006690368, 0.0001828551, 0.003342187, -0.00310108, 0.003691022, -0.00092969,
                0.0001297992, -0.002127587, 0.004664353, -0.001753308, 0.00484731, -0.01277191, 0.00338374,
                0.0004945071, 0.0073328, -0.004821205, 0.003497281, -0.0008243967, 0.0003632336, -0.001982034,
                0.005192546, -0.002357037, 0.00496437, -0.01442146, 0.005630401, 0.0005953123, 0.008417968,
                -0.004285632,
            ]),
        Pinned(
            testDescription: "torch.nn.GRU, layers=2", cell: .gru, layers: 2,
            output: [
                0.2354796, 0.01398385, -0.02798854, -0.7599436, 0.6892575, 0.9795551, 0.5449309, 0.1187555, -0.0519105,
                0.5009814, 0.7367201, 0.6090897, 0.7532998, 0.6587284, 0.313269, -0.3974746, -0.4150399, -0.01237129,
                0.3457298, 0.06754055, -0.03706623, -0.04841311, 0.8117055, 0.7892805, 0.5003478, 0.4805178, 0.3020518,
                -0.4973905, -0.3863298, -0.03430148, 0.8667977, 0.8243002, 0.5263737, -0.4093491, -0.3905169,
                0.04163451,
            ],
            hiddenWeightGradients: [
                0.007362791, 0.006989252, 5.984999e-06, -0.006363501, -0.01235187, -0.02913626, 0.2092615, 0.007830708,
                -0.0008963696, 0.01105561, 0.0086959, -0.0001547268, -0.007658797, -0.01386121, -0.02566886, 0.2138675,
                0.009475442, -0.001230336, -0.009041243, -0.0018944, 0.0006200477, 0.00039953, -0.003302546,
                -0.03660647, 0.1165156, -0.001109831, 0.000691028, -0.02304119, -0.003439395, 0.01313318, -0.1447434,
                -0.07169829, 0.0634566, 0.0280957, 0.04611957, -0.1011013, -0.03779088, -0.005360556, -0.03104586,
                -0.4183341, -0.1373847, 0.1284718, 0.04842004, -0.01090008, -0.798649, -0.001057301, 7.580391e-05,
                -0.03818075, -0.1421226, -0.01793632, 0.02063901, 0.003402905, -0.06174531, -0.4812767,
            ]),
    ]
}

@Suite struct PyTorchRecurrentTests {
    @Test(arguments: Pinned.all)
    private func outputAndGradientAreThoseOfPyTorch(of pinned: Pinned) {
        var configuration = RecurrentStackConfiguration()
        configuration.cell = pinned.cell
        configuration.activation = pinned.activation
        configuration.hidden = 3
        configuration.layers = pinned.layers
        configuration.dropout = 0
        var random = RandomSource(seed: 1)
        var stack = RecurrentStack(input: 2, configuration, using: &random)
        var number = 0
        stack.forEachParameter("") { _, parameter in
            parameter.value = tensorByFormula(parameter.value.shape, number)
            number += 1
        }
        let lengths = [3, 1, 2], layout = SequenceLayout(lengths: lengths)
        let sequences = lengths.enumerated().map { rowScalars(tensorByFormula([$1, 2], 20 + $0)) }
        let tape = Tape(random: RandomSource(seed: 1))
        let y = stack(
            Variable(Tensor([6, 2], layout.packed(sequences).flatMap { $0 })), layout, tape: tape)
        #expect(agree(layout.unpacked(rowScalars(y.value)).flatMap { $0.flatMap { $0 } }, pinned.output))
        let loss = meanSquaredError(y, targets: Tensor(zeros: y.value.shape), normalizer: 1, tape: tape)
        let gradients = tape.backward(from: loss), layer = stack.layers[0]
        let weights = [layer.forward.hiddenWeight] + (layer.backward.map { [$0.hiddenWeight] } ?? [])
        #expect(agree(weights.flatMap { gradients[$0]?.scalars ?? [] }, pinned.hiddenWeightGradients))
    }
}
